package dev.millrace.standalone.demo;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The equation of one topic: what the log holds is in the database, or put aside.
 *
 * @param topic the topic
 * @param published records in the log
 * @param table where its records are stored; null if they are not
 * @param rows rows the records make: one a record, or one a key
 * @param stored rows the table has
 * @param samples values to fold; null if the topic is not folded
 * @param folded values in the windows the database has
 * @param late values that came too late for these windows or were refused, kept in the late topic
 * @param deadLettered records in the dead-letter topic
 * @param inFlight records not read by sink or aggregator yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopicBalance(
    String topic,
    long published,
    String table,
    Long rows,
    Long stored,
    Long samples,
    Long folded,
    Long late,
    long deadLettered,
    long inFlight) {

  /** Whether nothing is missing, nothing is there twice and nothing is on its way. */
  boolean holds() {
    return inFlight == 0 && storedHolds() && foldedHolds();
  }

  private boolean storedHolds() {
    return table == null || stored.equals(rows);
  }

  private boolean foldedHolds() {
    return samples == null || folded + late == samples;
  }
}
