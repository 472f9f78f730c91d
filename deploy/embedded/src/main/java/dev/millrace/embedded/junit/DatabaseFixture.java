package dev.millrace.embedded.junit;

/**
 * An empty database for one test class, on a server that all classes of the run share.
 *
 * @param jdbcUrl the database, with the user
 * @param user the superuser, who has no password
 */
public record DatabaseFixture(String jdbcUrl, String user) {}
