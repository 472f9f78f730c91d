/** Records from JSON and text. */
package dev.millrace.schema.text;
