/** The product's processes and the servers around them, to be stopped, killed and started again. */
package dev.millrace.bench.site;
