import ${namespace}.servlet.ServletRequestEvent;
import ${namespace}.servlet.ServletRequestListener;
import ${namespace}.servlet.http.HttpServletRequest;

/** Has a request with {@code ms=…} in its query take that time; at EE 8 and EE 9 before the login is looked at. */
public class Slow implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
        String query = ((HttpServletRequest) event.getServletRequest()).getQueryString();
        if (query == null || !query.contains("ms=")) return;
        String millis = query.replaceFirst(".*ms=", "");
        System.err.println("The decision takes " + millis + " ms");
        try {
            Thread.sleep(Long.parseLong(millis));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
