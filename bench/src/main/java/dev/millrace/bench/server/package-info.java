/** PostgreSQL servers to measure on, as they are set up out of the box. */
package dev.millrace.bench.server;
