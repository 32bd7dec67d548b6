/** The roles besides the Responder, who the user is, and who is believed: by a raw FastCGI peer and behind web servers. */
package dev.gangway.it.roles;
