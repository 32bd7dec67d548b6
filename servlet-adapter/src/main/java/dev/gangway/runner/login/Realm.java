package dev.gangway.runner.login;

import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;

/** The realm of an application that has none of its own. */
public final class Realm {
    private Realm() {}

    /**
     * {@return a realm, without name yet, of the users of a policy}
     *
     * <p>Without users it is empty, so that an application with a login starts, though nobody can log in.
     */
    public static LoginService of(LoginPolicy policy) {
        if (policy.users() == null) {
            return new EmptyLoginService();
        }
        HashLoginService realm = new HashLoginService();
        realm.setUserStore(policy.users());
        return realm;
    }
}
