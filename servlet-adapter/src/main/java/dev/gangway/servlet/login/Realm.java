package dev.gangway.servlet.login;

import java.util.function.Supplier;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;

/** The realm of an application that does not set up its own. */
public final class Realm {
    private Realm() {}

    /**
     * {@return a realm of the users of a policy}
     *
     * <p>Without users it is empty, so that an application with a login starts, though nobody can log in.
     *
     * @param name the name that the application gives it, once that is known
     */
    public static LoginService of(LoginPolicy policy, Supplier<String> name) {
        if (policy.users() == null) {
            return new EmptyLoginService() {
                @Override
                public String getName() {
                    return name.get();
                }
            };
        }
        HashLoginService realm = new HashLoginService() {
            @Override
            public String getName() {
                return name.get();
            }
        };
        realm.setUserStore(policy.users());
        return realm;
    }
}
