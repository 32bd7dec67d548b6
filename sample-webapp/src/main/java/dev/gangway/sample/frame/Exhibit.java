package dev.gangway.sample.frame;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a servlet as a page of the menu. {@link ExhibitCollector} finds all of them when the application starts.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Exhibit {
    /** {@return the path within the application, for example {@code /upload}} */
    String path();

    /** {@return the name in the menu} */
    String title();

    /** {@return what the page shows, in a sentence} */
    String summary();

    /** {@return the letter of the signal flag that marks the page} */
    char flag();

    /** {@return the place in the menu, counted from 1} */
    int place();
}
