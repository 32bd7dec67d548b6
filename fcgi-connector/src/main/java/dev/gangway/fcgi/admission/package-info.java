/**
 * Whether a request is served: {@link dev.gangway.fcgi.admission.Admission} checks the room ({@link
 * dev.gangway.fcgi.admission.Quota}), the secret and the role ({@link dev.gangway.fcgi.admission.AskedRole}). A {@link
 * dev.gangway.fcgi.admission.Refusal} says how it is refused.
 */
package dev.gangway.fcgi.admission;
