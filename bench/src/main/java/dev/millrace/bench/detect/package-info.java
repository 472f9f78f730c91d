/**
 * What the detector finds in generated series whose anomalies are known, and what it only thinks.
 */
package dev.millrace.bench.detect;
