package dev.millrace.bench.schema;

import java.util.List;

/**
 * One run of a query.
 *
 * @param parameters in the order of the query's question marks
 * @param time what it asks for
 */
record Asked(List<Object> parameters, AskedTime time) {

  Asked {
    parameters = List.copyOf(parameters);
  }
}
