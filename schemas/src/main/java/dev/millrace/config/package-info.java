/** Where a process gets its settings from. */
package dev.millrace.config;
