package dev.gangway.fcgi.server;

/**
 * The only way to grant access where {@link FcgiConfiguration#setExplicitGrant} asks for it. The request attribute
 * {@link dev.gangway.api.FcgiRequest#ATTRIBUTE} is one, too; applications cannot see this type.
 */
public interface AuthorizerGrant {
    /**
     * Has a final status of 200 count as a grant.
     *
     * @throws IllegalStateException if the role is not Authorizer
     */
    void grant();
}
