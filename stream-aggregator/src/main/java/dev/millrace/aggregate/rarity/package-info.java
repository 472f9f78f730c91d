/** How rare what a series does is, by its own history. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.rarity;
