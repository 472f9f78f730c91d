/** Whether the tables answer their analysts' queries in time, and read no more than they must. */
package dev.millrace.bench.schema;
