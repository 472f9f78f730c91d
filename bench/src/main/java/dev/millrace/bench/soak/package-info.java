/** The soak: for as long as it is wanted at one rate, memory, lag and connections must not grow. */
package dev.millrace.bench.soak;
