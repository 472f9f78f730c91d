package dev.millrace.standalone.demo;

import java.util.List;

/**
 * Injected anomalies against found ones.
 *
 * @param injected how many the generator put in
 * @param found how many of them an incident of the right series, kind and time answers
 * @param incidents incidents of generated series, answering an injection or not
 * @param missed those not found, for people
 */
record DetectionScore(int injected, int found, int incidents, List<String> missed) {

  /** Whether at least nine in ten were found; so, too, where none was injected. */
  boolean passes() {
    return found * 10 >= injected * 9;
  }
}
