/** The embedded servers as fixtures of integration tests. */
package dev.millrace.embedded.junit;
