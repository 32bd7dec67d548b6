package dev.gangway.servlet.cleanup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Deregisters the JDBC drivers of an application, and says which they were.
 *
 * <p>{@link DriverManager} returns a driver only to callers whose class loader finds the driver's class. So this class
 * is defined once more, by a child of the application's class loader.
 */
public final class JdbcDrivers implements Supplier<List<String>> {
    /** Called by reflection; use {@link #deregister(ClassLoader)}. */
    public JdbcDrivers() {}

    /** {@return the class names of an application's drivers, which are deregistered now} */
    static List<String> deregister(ClassLoader application) throws IOException, ReflectiveOperationException {
        Supplier<?> drivers = new Below(application)
                .define()
                .asSubclass(Supplier.class)
                .getConstructor()
                .newInstance();
        return ((List<?>) drivers.get()).stream().map(String::valueOf).toList();
    }

    @Override
    public List<String> get() {
        List<String> names = new ArrayList<>();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (isOfApplication(driver)) {
                names.add(driver.getClass().getName());
                deregister(driver);
            }
        }
        return names;
    }

    private boolean isOfApplication(Driver driver) {
        ClassLoader application = getClass().getClassLoader().getParent();
        for (ClassLoader loader = driver.getClass().getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader == application) {
                return true;
            }
        }
        return false;
    }

    private static void deregister(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Below extends ClassLoader {
        Below(ClassLoader application) {
            super(application);
        }

        Class<?> define() throws IOException {
            String name = JdbcDrivers.class.getName();
            try (InputStream in = JdbcDrivers.class.getResourceAsStream(JdbcDrivers.class.getSimpleName() + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
