package dev.gangway.servlet.login;

/** Who decides whether the web server may serve a request. */
public enum Authorizer {
    /** Nobody: the role is not served. */
    NOBODY,
    /** The servlet that is asked. */
    SERVLET,
    /** The security of the application: its constraints and its login. */
    CONTAINER
}
