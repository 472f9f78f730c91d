/** Folds raw topics into windows, learns what is normal, and publishes what is not. */
package dev.millrace.aggregate;
