/** What tests have in common that do something to the product round by round. */
package dev.millrace.bench.rounds;
