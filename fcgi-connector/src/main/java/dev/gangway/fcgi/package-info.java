/**
 * FastCGI 1.0 in Jetty. Users need {@link dev.gangway.fcgi.server} and {@link dev.gangway.fcgi.config}; {@link
 * dev.gangway.fcgi.incident} is open for those who log what peers provoke. All else is internal.
 *
 * <p>The life of a request:
 *
 * <ol>
 *   <li>A thread that Jetty's selector has called, and that the {@link dev.gangway.fcgi.input.ReaderRole} allows to, reads
 *       the connection: {@link dev.gangway.fcgi.input.SelectedReading}.
 *   <li>The {@link dev.gangway.fcgi.record.RecordParser} tells the {@link
 *       dev.gangway.fcgi.connection.ActiveRequests} what has come.
 *   <li>BEGIN_REQUEST makes a {@link dev.gangway.fcgi.request.FcgiStream}, PARAMS go into its {@link
 *       dev.gangway.fcgi.admission.Admission}.
 *   <li>When they have ended it is decided whether the request is served; the {@link
 *       dev.gangway.fcgi.cgi.RequestReader} makes a HTTP request of them.
 *   <li>The {@link dev.gangway.fcgi.request.RequestStart} hands it to Jetty. Its {@link
 *       dev.gangway.fcgi.request.HandlerTask} runs, as a rule, on the thread that has read it.
 *   <li>The application reads STDIN from the {@link dev.gangway.fcgi.input.RequestInput}; its own thread fetches what is
 *       missing.
 *   <li>What it writes becomes a {@link dev.gangway.fcgi.output.ResponsePart}, which the {@link
 *       dev.gangway.fcgi.output.FcgiFlusher} writes.
 *   <li>END_REQUEST leaves with the last part: from then on its id is free, and {@link
 *       dev.gangway.fcgi.connection.Ending} knows whether the connection is over.
 *   <li>The thread is back from the application and reads on.
 *   <li>All the while {@link dev.gangway.fcgi.connection.ConnectionWatch} looks several times a second whether somebody
 *       has waited for too long.
 * </ol>
 *
 * <p>The rooms, and who knows whom; nobody knows a room above, and {@code LayersTest} sees to it:
 *
 * <pre>
 *   server       connection, config, incident
 *   connection   request, admission, input, output, config, incident, cgi, record
 *   request      admission, input, output, config, incident, cgi, record
 *   admission    config, incident, cgi, record
 *   input        config, cgi, record
 *   output       cgi, record
 *   cgi          config, record
 *   incident     config
 *   config       -
 *   record       -
 * </pre>
 */
package dev.gangway.fcgi;
