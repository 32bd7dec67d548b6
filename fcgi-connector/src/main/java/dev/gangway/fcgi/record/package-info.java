/**
 * The wire format of FastCGI 1.0: records and name-value pairs, from and to bytes. It knows only {@code java.nio}.
 *
 * <pre>
 *   0        1      2 3         4 5             6              7         8
 *   version  type   requestId   contentLength   paddingLength  reserved  content … padding …
 *   1        1..11  big-endian  big-endian      0..255         0
 * </pre>
 *
 * A record with request id 0 is a management record: it concerns the connection and not a request.
 */
package dev.gangway.fcgi.record;
