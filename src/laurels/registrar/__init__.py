"""Decides who may vote and signs tickets; it never sees a ballot."""
