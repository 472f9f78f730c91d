/** Measurements of the machine this runs on, as records. */
package dev.millrace.producer.host;
