/**
 * Audio samples that look real and know where they are not normal: for demos, tests and benchmarks.
 */
package dev.millrace.producer.generator;
