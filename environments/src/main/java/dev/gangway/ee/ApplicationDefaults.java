package dev.gangway.ee;

import dev.gangway.servlet.login.Authorizer;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.login.Realm;
import dev.gangway.servlet.request.PathGate;
import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.environment.TomcatContext;
import java.util.List;
import javax.naming.NamingException;
import org.eclipse.jetty.${environment}.${security}.ConstraintAware;
import org.eclipse.jetty.${environment}.${security}.ConstraintMapping;
import org.eclipse.jetty.${environment}.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.${environment}.servlet.FilterHolder;
import org.eclipse.jetty.${environment}.webapp.Configuration;
import org.eclipse.jetty.${environment}.webapp.JettyWebXmlConfiguration;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;
import org.eclipse.jetty.plus.jndi.NamingEntryUtil;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.LoginService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of every application in the environment, however it is deployed. Jetty finds it as a service, in place
 * of its own configuration by {@code WEB-INF/jetty-web.xml}.
 */
public class ApplicationDefaults extends JettyWebXmlConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationDefaults.class);

    @Override
    public Class<? extends Configuration> replaces() {
        return JettyWebXmlConfiguration.class;
    }

    @Override
    public void preConfigure(WebAppContext context) throws Exception {
        super.preConfigure(context);
        // Whoever starts an application wants to know why it does not start. A context in XML need not be a Webapp.
        context.setThrowUnavailableOnStartupException(true);
        context.setServletHandler(new ${ServletHandler}(context));
        hideInternals(context);
        setUpRequests(context);
        setUpLogin(context);
        setUpAuthorizer(context);
        TomcatContext.warn(context.getContextPath(), context.getBaseResource(), name -> isSetUp(context, name));
    }

    /** Hides exceptions, which are for the log, from visitors, and session cookies from scripts. */
    private static void hideInternals(WebAppContext context) {
        Object handler = context.getErrorHandler();
        if (handler.getClass() == ErrorPageErrorHandler.class) {
            DiscreetErrorHandler discreet = new DiscreetErrorHandler();
            discreet.setErrorPages(((ErrorPageErrorHandler) handler).getErrorPages());
            context.setErrorHandler(discreet);
            handler = discreet;
        }
        if (handler instanceof ${ErrorHandler} errors) {
            errors.setShowStacks(false);
            errors.${setShowServlet}(false);
        }
        if (context.getSessionHandler() != null) {
            context.getSessionHandler().setHttpOnly(true);
        }
    }

    /** {@return whether an application finds something of this name by JNDI, from outside of the WAR} */
    private static boolean isSetUp(WebAppContext context, String name) {
        try {
            return NamingEntryUtil.lookupNamingEntry(context, name) != null
                    || NamingEntryUtil.lookupNamingEntry(null, name) != null;
        } catch (NamingException e) {
            return false;
        }
    }

    /** Applies the rules of the server where neither a context's XML nor the application says otherwise. */
    private static void setUpRequests(WebAppContext context) {
        RequestRules rules = RequestRules.of(context.getServer());
        if (context.getMaxFormContentSize() == ${Limits}.DEFAULT_MAX_FORM_CONTENT_SIZE) {
            context.setMaxFormContentSize(rules.maxFormBytes());
        }
        if (context.getMaxFormKeys() == ${Limits}.DEFAULT_MAX_FORM_KEYS) {
            context.setMaxFormKeys(rules.maxFormKeys());
        }
        if (rules.queryCharset() != null) {
            context.addEventListener(new QueryCharset(rules.queryCharset().name()));
        }
        PathGate gate = ${core}.getDescendant(PathGate.class);
        if (gate != null) {
            gate.setConstrained(() -> constraints(context));
        }
    }

    private static List<String> constraints(WebAppContext context) {
        Object security = context.getSecurityHandler();
        return security instanceof ConstraintAware constraints
                ? constraints.getConstraintMappings().stream()
                        .map(ConstraintMapping::getPathSpec)
                        .toList()
                : List.of();
    }

    /** Applies the policy of the server to the application. */
    private static void setUpLogin(WebAppContext context) {
        var security = context.getSecurityHandler();
        if (security == null) {
            return;
        }
        LoginPolicy policy = LoginPolicy.of(context.getServer());
        if (security.getLoginService() == null
                && context.getServer().getBeans(LoginService.class).isEmpty()) {
            security.setLoginService(Realm.of(policy, security::getRealmName));
        }
        security.setAuthenticatorFactory(new Login.Factory(policy));
        if (policy.authorizer() == Authorizer.CONTAINER) {
            security.setHandler(new Login.Gate(policy, security.getHandler()));
        }
    }

    @Override
    public void postConfigure(WebAppContext context) throws Exception {
        super.postConfigure(context);
        warnOfMissingUsers(context);
    }

    /** Without users nobody could log in, and nothing else would say why. */
    private static void warnOfMissingUsers(WebAppContext context) {
        var security = context.getSecurityHandler();
        if (security == null || !(security.getLoginService() instanceof EmptyLoginService)) {
            return;
        }
        String method = security.${getAuthMethod}();
        if (LoginPolicy.isByPassword(method) && !LoginPolicy.of(context.getServer()).trustRemoteUser()) {
            LOG.warn("{} has a {} login but no users (--users FILE)", context.getContextPath(), method);
        }
    }

    private static void setUpAuthorizer(WebAppContext context) {
        if (LoginPolicy.of(context.getServer()).authorizer() == Authorizer.SERVLET) {
            FilterHolder filter = new FilterHolder(new AuthorizerFilter());
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", AuthorizerFilter.DISPATCHES);
        }
    }

    @Override
    public void configure(WebAppContext context) throws Exception {
        CdiDecorator.install(context);
        context.getMetaData().addDescriptorProcessor(new FileServletDefaults());
        context.addEventListener(new WelcomeServlets(context));
        try {
            super.configure(context);
        } catch (ClassNotFoundException e) {
            if (!e.getMessage().endsWith(".WebAppContext")) {
                throw e;
            }
            LOG.warn(
                    "WEB-INF/jetty-web.xml of {} is not used, since it is for {} of another Jetty",
                    context.getContextPath(),
                    e.getMessage());
        }
    }
}
