package dev.gangway.fcgi.cgi;

/** The parameters that shape a request. All others are information for the application. */
enum CgiVariable {
    REQUEST_METHOD,
    REQUEST_URI,
    QUERY_STRING,
    SCRIPT_NAME,
    PATH_INFO,
    DOCUMENT_URI,
    CONTENT_TYPE,
    CONTENT_LENGTH,
    SERVER_PROTOCOL,
    SERVER_SOFTWARE,
    SERVER_NAME,
    SERVER_ADDR,
    SERVER_PORT,
    REMOTE_ADDR,
    REMOTE_HOST,
    REMOTE_PORT,
    HTTPS,
    REQUEST_SCHEME,
    /** The role of a request whose web server has no other way to name it. */
    FCGI_ROLE,
    /** The client's Authorization, after Apache httpd has rewritten the request within itself. */
    REDIRECT_HTTP_AUTHORIZATION,
    /** The client's own Content-Length, which some web servers send besides CONTENT_LENGTH. */
    HTTP_CONTENT_LENGTH
}
