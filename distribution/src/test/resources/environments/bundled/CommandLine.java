package picocli;

/** Another version of what the server has too. */
public class CommandLine {}
