package dev.gangway.level;

import java.util.function.Supplier;
import org.eclipse.jetty.security.EmptyLoginService;

/** A realm without users. */
class NoUsers extends EmptyLoginService {
    private final Supplier<String> realm;

    NoUsers(Supplier<String> realm) {
        this.realm = realm;
    }

    @Override
    public String getName() {
        return realm.get();
    }
}
