package dev.gangway.conformance.difference;

import java.util.Locale;

/** How an application lets its users log in. */
enum Login {
    NONE(""),
    BASIC("<login-config><auth-method>BASIC</auth-method><realm-name>house</realm-name></login-config>"),
    DIGEST("<login-config><auth-method>DIGEST</auth-method><realm-name>house</realm-name></login-config>"),
    FORM(
            """
            <login-config>
              <auth-method>FORM</auth-method>
              <form-login-config>
                <form-login-page>/login.html</form-login-page>
                <form-error-page>/login.html?failed</form-error-page>
              </form-login-config>
            </login-config>"""),
    CERTIFICATE("<login-config><auth-method>CLIENT-CERT</auth-method></login-config>");

    private final String configuration;

    Login(String configuration) {
        this.configuration = configuration;
    }

    /** The part of its descriptor. */
    String configuration() {
        return configuration;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
