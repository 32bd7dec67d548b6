/**
 * Whether a request is served: {@link dev.gangway.fcgi.admission.Admission} asks for room ({@link
 * dev.gangway.fcgi.admission.Quota}), for the secret, and for the role ({@link
 * dev.gangway.fcgi.admission.RoleRules}). What speaks against it is a {@link dev.gangway.fcgi.admission.Refusal}.
 */
package dev.gangway.fcgi.admission;
