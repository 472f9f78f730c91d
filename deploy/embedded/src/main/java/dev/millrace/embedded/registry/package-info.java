/** A schema registry that speaks Confluent's REST calls on a loopback port. */
package dev.millrace.embedded.registry;
