package dev.gangway.servlet.option;

import java.util.Collection;

/** Finds the name that was meant by a misspelt word. */
public final class Spelling {
    private Spelling() {}

    /** {@return what to add to a message about a word that is no name: which one was probably meant, or nothing} */
    public static String hint(String word, Collection<String> names) {
        String nearest = nearest(word, names);
        return nearest == null ? "" : ", did you mean '" + nearest + "'?";
    }

    /** {@return the name that was probably meant by a word, or null if none is similar enough} */
    static String nearest(String word, Collection<String> names) {
        String nearest = null;
        // A name that differs more would be a guess.
        int least = Math.max(2, word.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(word, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }

    /** {@return how many letters have to be changed, added or removed to make one word of the other} */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
