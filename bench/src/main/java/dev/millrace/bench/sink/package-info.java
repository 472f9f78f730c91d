/** The sink beside other ways into the same table. */
package dev.millrace.bench.sink;
