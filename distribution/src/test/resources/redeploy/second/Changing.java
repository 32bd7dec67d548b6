package app;

public class Changing implements java.io.Serializable {
    private static final long serialVersionUID = 2;

    @Override
    public String toString() {
        return "is there";
    }
}
