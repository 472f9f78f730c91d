/** The topology as a picture. */
package dev.millrace.aggregate.picture;
