/** Generated rows, loaded by the product's own encoder and binary COPY. */
package dev.millrace.bench.load;
