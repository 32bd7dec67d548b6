package dev.gangway.fcgi.config;

/**
 * Whether an Authorizer means its status of 200, which is also what an application has that says nothing. The request
 * attribute {@link dev.gangway.api.FcgiRequest#ATTRIBUTE} is one, too; applications cannot see this type.
 */
public interface AuthorizerGrant {
    /**
     * @param granted whether a final status of 200 grants access; false at first
     * @throws IllegalStateException if the role is not Authorizer
     */
    void setGranted(boolean granted);

    /**
     * Has nothing grant access any more, be it a status or content: something has failed, and a page about that is made.
     *
     * @throws IllegalStateException if the role is not Authorizer
     */
    void deny();
}
