/** What can go wrong, and who mends it. */
package dev.millrace.failure;
