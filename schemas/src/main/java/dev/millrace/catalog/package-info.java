/** The record types of the product, gathered. */
package dev.millrace.catalog;
