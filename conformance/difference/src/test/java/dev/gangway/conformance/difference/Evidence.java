package dev.gangway.conformance.difference;

import java.util.List;

/**
 * All that is known of an exchange behind a web server: the answers that came each way, one for each request.
 *
 * @param direct    over HTTP to the reference
 * @param raw       over FastCGI from the raw client
 * @param actual    from the web server that asks Gangway by FastCGI
 * @param proxied   from the web server that asks the reference by HTTP
 * @param overheard the requests and answers between web server and Gangway
 * @param ports     of the web server that asks Gangway; the client's is not known
 */
record Evidence(
        List<Answer> direct,
        List<Answer> raw,
        List<Answer> actual,
        List<Answer> proxied,
        List<Overheard> overheard,
        Answer.Ports ports) {

    /** What Gangway has said to the web server for a request; null if it was not asked. */
    Answer said(int step) {
        return overheard.size() == actual.size() ? overheard.get(step).answer(ports) : null;
    }

    /** A facet on all ways, for a human. */
    String tell(int step, String facet) {
        Answer said = said(step);
        return "request " + (step + 1) + ", " + facet
                + "\n    HTTP:       " + direct.get(step).facet(facet)
                + "\n    FastCGI:    " + actual.get(step).facet(facet)
                + "\n    raw client: " + (raw.size() > step ? raw.get(step).facet(facet) : "-")
                + "\n    proxied:    "
                + (proxied.size() > step ? proxied.get(step).facet(facet) : "-")
                + "\n    Gangway:    " + (said == null ? "was not asked" : said.facet(facet));
    }
}
