with

quarantined_rows as (
    select
        load_number,
        file_name,
        line_number,
        entity_name,
        column_name,
        value_text,
        rule_code,
        message_ja_text,
        message_en_text,
        way_out_ja_text,
        way_out_en_text,
        quarantined_at
    from {{ ref('stg_kaeru__quarantined_rows') }}
),

final as (
    select
        row_number() over (
            order by
                load_number desc,
                line_number asc nulls first,
                column_name asc nulls first,
                rule_code asc nulls last,
                value_text asc nulls last
        ) as problem_number,
        load_number,
        file_name,
        line_number,
        entity_name,
        column_name,
        value_text,
        rule_code,
        message_ja_text,
        message_en_text,
        way_out_ja_text,
        way_out_en_text,
        quarantined_at
    from quarantined_rows
)

select * from final
