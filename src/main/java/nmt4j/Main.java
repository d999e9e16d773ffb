package nmt4j;

/// The root command.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("nmt4j");
    }
}
