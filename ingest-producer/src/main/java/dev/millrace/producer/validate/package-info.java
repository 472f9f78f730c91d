/** Whether a record is fit to be published. Pure: no Kafka, no JDBC, no clock of its own. */
package dev.millrace.producer.validate;
