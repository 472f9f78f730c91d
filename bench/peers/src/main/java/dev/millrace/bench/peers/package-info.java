/** What peers need to read our topics. */
package dev.millrace.bench.peers;
