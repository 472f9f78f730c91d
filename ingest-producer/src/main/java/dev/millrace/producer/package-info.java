/** What authors of pollers and taps call to publish records. */
package dev.millrace.producer;
