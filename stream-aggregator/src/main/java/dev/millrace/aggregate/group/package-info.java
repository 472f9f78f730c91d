/** Which incidents belong together, and which of them is the probable root; pure. */
package dev.millrace.aggregate.group;
