/** Writes the classes of {@code dev.millrace.tables}; runs in the build, and nowhere else. */
package dev.millrace.tables.generator;
