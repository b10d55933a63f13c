// In a frame at a partner's site: when what is counted down to has come, the page is another one.
import { count } from "./countdown.js";

count(document, () => location.reload());
