"""Reads an award's file: three JSON documents into shapes, with every problem named by place."""
