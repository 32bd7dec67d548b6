package dev.gangway.fcgi.config;

/**
 * Whether an Authorizer means its status of 200, which an application that says nothing has as well. The value of the
 * request attribute {@link dev.gangway.api.FcgiRequest#ATTRIBUTE} is one, too; applications cannot see this type.
 */
public interface AuthorizerGrant {
    /**
     * @param granted whether a final status of 200 grants access; false at first
     * @throws IllegalStateException if the role is not Authorizer
     */
    void setGranted(boolean granted);

    /**
     * Lets neither a status nor content grant access any more: something has failed, and a page about that is made.
     *
     * @throws IllegalStateException if the role is not Authorizer
     */
    void deny();
}
