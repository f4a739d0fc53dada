namespace CareerCoordinates.Data;

/// <summary>Something that whoever runs the program can put right: the words say why, and what to do, in both languages.</summary>
public abstract class OperatorException(string en, string zh, Exception? inner = null) : Exception(en, inner)
{
    public string Zh => zh;
}
