/**
 * FastCGI 1.0 in Jetty. Users need {@link dev.gangway.fcgi.server} and {@link dev.gangway.fcgi.config}; {@link
 * dev.gangway.fcgi.incident} is for those who log what peers provoke, {@link dev.gangway.fcgi.record} for those who speak
 * FastCGI themselves. All else is internal.
 *
 * <p>The life of a request:
 *
 * <ol>
 *   <li>Jetty opens a connection on a thread, or its selector calls one, which takes the {@link
 *       dev.gangway.fcgi.reading.ReaderRole} and reads the connection: {@link dev.gangway.fcgi.reading.SelectedReading}.
 *   <li>The {@link dev.gangway.fcgi.record.RecordParser} tells the {@link dev.gangway.fcgi.connection.ActiveRequests}
 *       what has come.
 *   <li>BEGIN_REQUEST creates a {@link dev.gangway.fcgi.request.FcgiStream}, PARAMS go into its {@link
 *       dev.gangway.fcgi.admission.Admission}.
 *   <li>When the PARAMS have ended, the admission decides whether the request is served; the {@link
 *       dev.gangway.fcgi.cgi.RequestReader} turns them into an HTTP request.
 *   <li>The {@link dev.gangway.fcgi.request.RequestStart} hands it to Jetty. Its {@link
 *       dev.gangway.fcgi.request.HandlerTask} usually runs on the thread that has read the request.
 *   <li>The application reads STDIN from the {@link dev.gangway.fcgi.input.RequestInput}; its own thread fetches what
 *       is missing.
 *   <li>What the application writes becomes a {@link dev.gangway.fcgi.output.ResponsePart}, which the {@link
 *       dev.gangway.fcgi.output.FcgiFlusher} writes.
 *   <li>END_REQUEST leaves with the last part: from then on the request id is free, and {@link
 *       dev.gangway.fcgi.connection.Ending} decides whether the connection ends.
 *   <li>The thread returns from the application and reads on; it may {@link dev.gangway.fcgi.reading.Stay} for the next
 *       request.
 *   <li>All the while the {@link dev.gangway.fcgi.connection.ConnectionWatch} checks several times a second whether
 *       anything has waited too long.
 * </ol>
 *
 * <p>The rooms, and which others each one uses; none uses a room above it, as {@code LayersTest} checks:
 *
 * <pre>
 *   server       connection, config, incident
 *   connection   request, admission, input, reading, output, config, incident, cgi, record
 *   request      admission, input, reading, output, config, incident, cgi, record
 *   admission    config, incident, cgi, record
 *   input        reading, config, cgi, record
 *   reading      record
 *   output       cgi, record
 *   cgi          config, record
 *   incident     config
 *   config       -
 *   record       -
 * </pre>
 */
package dev.gangway.fcgi;
